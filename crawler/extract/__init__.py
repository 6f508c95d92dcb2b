"""Read one page: main text and metadata from bytes. Runs inside the killable workers."""
