"""settings.yaml and the environment: read, checked, shown."""
