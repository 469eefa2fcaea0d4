"""The explorer as people meet it: a real browser on the real server with the real demo."""
