"""What the house looks like: rooms, ladder, packaging."""
