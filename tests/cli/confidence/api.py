import requests


class Crm:
    def fetch_company(self, key):
        return requests.get(f"https://crm.example/{key}", timeout=3)


async def read(crm, key):
    return crm.fetch_company(key)
