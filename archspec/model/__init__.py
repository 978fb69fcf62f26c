"""The typed architecture: one area of a spec a file, and the values that all of them share."""
