"""CORDIS: the projects that the European Union's research programmes pay for, and who takes part in them."""
