"""The commands of the command line, one module each: `run(arguments)` parses, acts, prints and returns the status."""
