"""Architecture, findings and pictures → documents for people."""
