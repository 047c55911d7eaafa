"""A scenario as text, what differs between two, and the JSON Schema of their files."""
