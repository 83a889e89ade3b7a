"""What .packages/pack.py makes, taken apart: quick, as the program within is a small script here.

install.sh, beside this file, installs the real packages (`./dev package --test`).
"""

import base64
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

TOP = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = '#!/bin/sh\necho "ran with $*"\nexit 1\n'
VERSION = re.search(r"project\(stallint VERSION ([0-9.]+)", (TOP / "CMakeLists.txt").read_text()).group(1)


def pack(build, output, *kinds):
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    command = [sys.executable, TOP / ".packages/pack.py", *kinds, "--build", build, "--output", output]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return sorted(path.name for path in output.iterdir())


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.top = pathlib.Path(cls.folder.name)
        build = cls.top / "build"
        for name in ("stripped/stallint", "printed/stallint", "printed/_stallint", "printed/stallint.fish",
                     "printed/stallint.1"):
            (build / name).parent.mkdir(parents=True, exist_ok=True)
            (build / name).write_text(PROGRAM if name == "stripped/stallint" else name)
        cls.made = pack(build, cls.top / "one", "tar", "wheel", "npm")
        pack(build, cls.top / "two", "tar", "wheel", "npm")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def file(self, pattern):
        found = list((self.top / "one").glob(pattern))
        self.assertEqual(len(found), 1, f"{pattern} among {self.made}")
        return found[0]

    def test_same_input_same_bytes(self):
        self.assertEqual(len(self.made), 4)
        for name in self.made:
            self.assertEqual((self.top / "one" / name).read_bytes(), (self.top / "two" / name).read_bytes(), name)

    def test_versions_agree(self):
        for name in self.made:
            self.assertIn(f"-{VERSION}", name)
        self.assertIn(f"({VERSION})", (TOP / ".packages/changelog").read_text().splitlines()[0])

    def test_tarball(self):
        name = f"stallint-{VERSION}-linux-x86_64"
        with tarfile.open(self.file("*linux-x86_64.tar.gz")) as tar:
            self.assertEqual(tar.getmember(f"{name}/bin/stallint").mode, 0o755)
            for entry in tar.getmembers():
                self.assertTrue(entry.name.startswith(f"{name}/"), entry.name)
                self.assertEqual((entry.mtime, entry.uid, entry.uname), (1700000000, 0, ""), entry.name)
            for page in ("man/man1/stallint.1", "bash-completion/completions/stallint", "zsh/site-functions/_stallint"):
                self.assertEqual(tar.getmember(f"{name}/share/{page}").mode, 0o644)

    def test_wheel(self):
        with zipfile.ZipFile(self.file("*.whl")) as wheel:
            info = f"stallint-{VERSION}.dist-info"
            script = wheel.getinfo(f"stallint-{VERSION}.data/scripts/stallint")
            self.assertEqual(script.external_attr >> 16 & 0o777, 0o755)
            self.assertEqual(wheel.namelist()[-1], f"{info}/RECORD")
            self.assertIn(f"\nVersion: {VERSION}\n", wheel.read(f"{info}/METADATA").decode())
            tags = re.findall(r"^Tag: (.*)$", wheel.read(f"{info}/WHEEL").decode(), re.M)
            platforms = self.file("*.whl").stem.split("-")[4].split(".")
            self.assertEqual(tags, [f"py3-none-{platform}" for platform in platforms])
            recorded = dict(line.split(",", 1) for line in wheel.read(f"{info}/RECORD").decode().splitlines())
            self.assertEqual(sorted(recorded), sorted(wheel.namelist()))
            for name, entry in recorded.items():
                data = wheel.read(name)
                digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
                self.assertEqual(entry, "," if name.endswith("RECORD") else f"sha256={digest},{len(data)}", name)

    def install_npm(self, *names):
        modules = pathlib.Path(tempfile.mkdtemp(dir=self.top)) / "node_modules"
        for name, target in names:
            with tarfile.open(self.file(name)) as tar:
                tar.extractall(modules.parent / "unpacked")
            (modules / target).parent.mkdir(parents=True, exist_ok=True)
            (modules.parent / "unpacked/package").rename(modules / target)
        return modules

    def run_npm(self, modules, *arguments, **environment):
        return subprocess.run(["node", modules / "stallint/bin/stallint.js", *arguments], capture_output=True,
                              text=True, env={"PATH": os.environ["PATH"], **environment})

    def test_npm(self):
        modules = self.install_npm((f"stallint-{VERSION}.tgz", "stallint"), ("stallint-linux-x64-*", "@stallint/linux-x64"))
        main = json.loads((modules / "stallint/package.json").read_text())
        platform = json.loads((modules / "@stallint/linux-x64/package.json").read_text())
        self.assertEqual((main["version"], platform["version"]), (VERSION, VERSION))
        self.assertEqual(main["optionalDependencies"], {platform["name"]: VERSION})
        self.assertEqual((platform["os"], platform["cpu"]), (["linux"], ["x64"]))
        self.assertTrue("scripts" not in main and "scripts" not in platform, "npm asks the user about those")
        done = self.run_npm(modules, "check", "a folder", "--color=never")
        self.assertEqual((done.stdout, done.returncode), ("ran with check a folder --color=never\n", 1))

    def test_npm_without_a_platform(self):
        modules = self.install_npm((f"stallint-{VERSION}.tgz", "stallint"))
        done = self.run_npm(modules, "--version")
        self.assertEqual(done.returncode, 2)
        self.assertIn("the package @stallint/linux-x64 is not installed", done.stderr)
        done = self.run_npm(modules, "x", STALLINT_BINARY="/bin/echo")
        self.assertEqual((done.stdout, done.returncode), ("x\n", 0))
        done = self.run_npm(modules, "x", STALLINT_BINARY="/nowhere")
        self.assertEqual(done.returncode, 2)
        self.assertIn("cannot run /nowhere", done.stderr)


if __name__ == "__main__":
    unittest.main()
