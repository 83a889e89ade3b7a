async def read():
    return 1  # stallint: ignore[async-blocking-call] it was slow once
