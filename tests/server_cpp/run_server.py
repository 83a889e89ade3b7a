#!/usr/bin/env python3
"""Starts the server (either twin) with neighbours of its own, asks every route once or more, and stops it.

    run_server.py path/to/shelf

Ends with 0 if every answer is the expected one and the server stops when it is told to.
"""
import http.server
import json
import os
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request


class Neighbour(http.server.BaseHTTPRequestHandler):
    """The service of rates and that of the suppliers."""

    protocol_version = "HTTP/1.1"

    def answer(self, text):
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text.encode())

    def do_GET(self):
        self.answer("1.25" if self.path.startswith("/rates/") else "7")

    def do_HEAD(self):
        self.answer("")

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def log_message(self, *_):
        pass


class Warehouse(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"packed " + self.rfile.readline().split()[-1] + b"\n")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(server):
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]


def ask(port, method, target):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{target}", method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def main(binary):
    folder = tempfile.mkdtemp()
    port = free_port()
    neighbour = serve(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Neighbour))
    warehouse = serve(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Warehouse))
    settings = {
        "port": port,
        "database": f"{folder}/shelf.db",
        "archive": f"{folder}/archive.db",
        "log_file": f"{folder}/shelf.log",
        "journal_file": f"{folder}/journal.txt",
        "banner_file": f"{folder}/banner.txt",
        "rates_url": f"http://127.0.0.1:{neighbour}/rates",
        "suppliers_url": f"http://127.0.0.1:{neighbour}/suppliers",
        "warehouse_port": warehouse,
        "workers": 3,
    }
    with open(f"{folder}/shelf.conf", "w") as file:
        file.writelines(f"{name} = {value}\n" for name, value in settings.items())
    with open(f"{folder}/banner.txt", "w") as file:
        file.write("welcome")

    server = subprocess.Popen([os.path.abspath(binary), f"{folder}/shelf.conf"])
    failed = []

    def expect(method, target, status, part=""):
        found = ask(port, method, target)
        if found[0] != status or part not in found[1]:
            failed.append(f"{method} {target}: {found}, expected {status} {part}")
        return found[1]

    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        expect("POST", "/items?title=pen&cents=120", 201)
        expect("POST", "/items?title=cup&cents=450", 201)
        expect("POST", "/items?title=pen&cents=120", 400, "such an item")
        expect("POST", "/items", 400)
        expect("GET", "/item?id=1", 200, '"pen"')
        expect("GET", "/item?id=99", 404)
        expect("GET", "/items", 200, '"cup"')
        expect("GET", "/items?after=1&limit=1", 200, '"cup"')
        expect("GET", "/search?q=pe", 200, '"pen"')
        expect("GET", "/search?q=pe", 200, '"pen"')
        expect("POST", "/price?id=1&cents=130", 200, "130")
        expect("GET", "/changes?id=1", 200, "[130]")
        expect("GET", "/picture?title=pen", 200, "/pictures/pen")
        expect("POST", "/orders?customer=ann&title=pen", 201, "packed pen")
        expect("POST", "/orders?customer=ann&title=cup", 201, "packed cup")
        expect("GET", "/orders?customer=ann", 200, '"lines": 1')
        expect("GET", "/newest", 200, '["cup", "pen"]')
        expect("GET", "/sold?year=2020", 200, '"sold": 0')
        expect("GET", "/stock?title=pen", 200, "7")
        expect("POST", "/reorder?title=pen&amount=5", 200, "pen 5")
        token = json.loads(expect("POST", "/login?user=ann", 200))["token"]
        expect("GET", f"/me?token={token}", 200, '"ann"')
        expect("GET", "/me?token=none", 401)
        expect("GET", "/visits", 200, '"visits": 1')
        expect("GET", "/quote?currency=USD", 200, "1.25")
        expect("GET", "/banner", 200, "welcome")
        expect("GET", "/nowhere", 404)
        time.sleep(1.2)
        expect("GET", "/stats", 200, '"ok"')
    finally:
        server.send_signal(signal.SIGTERM)
        code = server.wait(10)
    if code != 0:
        failed.append(f"it ended with {code}")
    with open(f"{folder}/shelf.log") as file:
        if "busy_ms" not in file.read():
            failed.append("the log holds no report")
    with open(f"{folder}/journal.txt") as file:
        if file.read() != "price 1 130\nreorder pen\n":
            failed.append("the journal is wrong")
    print("\n".join(failed) or "every route answers")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
