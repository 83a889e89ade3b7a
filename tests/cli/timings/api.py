import requests


async def price(name):
    return requests.get(f"https://prices/{name}", timeout=5).json()
