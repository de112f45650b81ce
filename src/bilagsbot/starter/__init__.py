"""What `bilagsbot init` puts into a new workspace."""
