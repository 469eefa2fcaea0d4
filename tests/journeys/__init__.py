"""The journeys of the explorer, filmed as screenshots with captions: `python -m tests.journeys`."""
