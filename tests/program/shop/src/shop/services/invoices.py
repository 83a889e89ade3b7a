"""Invoices are files."""

from pathlib import Path

from shop.settings import get_settings


class InvoiceStore:
    def __init__(self, folder: Path):
        self.folder = folder

    def path(self, order: int) -> Path:
        return self.folder / f"{order}.pdf"

    def load(self, order: int) -> bytes:
        with open(self.path(order), "rb") as file:
            return file.read()

    def save(self, order: int, content: bytes) -> None:
        self.path(order).write_bytes(content)


def open_store() -> InvoiceStore:
    return InvoiceStore(get_settings().invoices)
