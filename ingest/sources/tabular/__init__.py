"""The source `tabular`: a cluster's own CSV and Excel tables, told apart by a small mapping beside them."""
