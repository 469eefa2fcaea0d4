"""What people see: exporters, layouts and the explorer."""
