"""Who carries out a source run: the local crawler process now, workers on many machines later."""
