"""What is written about archspec itself, from its own code: pages of rules, keys and commands, and JSON Schemas."""
