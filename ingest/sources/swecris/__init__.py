"""The source `swecris`: grants of Swedish research funders."""
