"""What can go wrong while articles are laid out as files.

StorageError
├── UnsafePath          (storage.errors) a file name that would leave its folder
└── ExportError
    ├── BadLedger       the list of what an export wrote cannot be read
    ├── BadNames        a template for names cannot be followed
    └── FolderUnusable  the folder cannot be made, read or written
"""

from storage.errors import StorageError


class ExportError(StorageError):
    """Anything an export could not do."""


class BadLedger(ExportError):
    def __init__(self, path: str, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(
            f"{path} cannot be read: {why}; move it away, and the next export takes over the files that are unchanged"
        )


class BadNames(ExportError):
    def __init__(self, template: str, why: str) -> None:
        self.template, self.why = template, why
        super().__init__(f"the names {template!r} cannot be used: {why}; correct the template")


class FolderUnusable(ExportError):
    def __init__(self, path: str, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"the folder {path!r} cannot be used for an export: {why}; make it writable or choose another")
