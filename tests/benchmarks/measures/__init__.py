"""One file a benchmark, registered by being here: `measure(rig)` gives its rows."""
