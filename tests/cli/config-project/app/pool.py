def run_in_thread(work, *given):
    return SHELF.put(work, given)
