import time

import acme_crm
from app import legacy
from app.pool import run_in_thread

client = legacy.Client()


async def page(name):
    legacy.fetch(name)
    client.get(name)
    acme_crm.save(name)
    legacy.load()
    return await run_in_thread(work)


def work():
    time.sleep(1)


async def other():
    run_in_thread(lambda: time.sleep(1))
