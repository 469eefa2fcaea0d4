"""The service beside other stores on the same data: generator, peers, questions, load, table."""
