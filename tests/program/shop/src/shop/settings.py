import functools
import json
from pathlib import Path


class Settings:
    def __init__(self, values: dict):
        self.rates_url = values["rates_url"]
        self.invoices = Path(values["invoices"])


# Read once, then remembered: no request waits for the disk here but the first.
@functools.cache
# reaches: blocks.file.content amortised
def get_settings() -> Settings:
    return Settings(json.loads(Path("shop.json").read_text()))
