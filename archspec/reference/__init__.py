"""What is written about archspec itself, from its own code: rule pages and the JSON Schema of specs."""
