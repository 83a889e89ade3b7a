async def read():
    return 1
