"""Articles in the dialects of programs that read front-matter files: note keepers and site generators."""
