from acme_crm import Client

client = Client("https://crm.example")


def company(key):
    return client.get(key)


async def read(key):
    return company(key)
