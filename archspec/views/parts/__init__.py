"""What several views are made of: cards and frames, words, where things stand, and what belongs to what."""
