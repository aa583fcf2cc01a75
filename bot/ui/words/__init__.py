"""Every word that a person reads, in one voice: short, kind and true."""
