"""A source → an architecture. An importer reads one form of source and says where everything in it stands."""
