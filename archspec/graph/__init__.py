"""The architecture as a graph, and the questions asked of it: one question a file."""
