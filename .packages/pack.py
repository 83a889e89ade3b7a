#!/usr/bin/env python3
"""Makes the packages that hold a static stallint: tarballs, a Python wheel, and npm packages.

    pack.py KIND... --build FOLDER --output FOLDER      KIND: tar, tar-clang, wheel, npm

FOLDER of the build holds the stripped programs in `stripped` and what `--target printed` printed. Nothing is fetched,
and the same input gives the same bytes: names sorted, times those of SOURCE_DATE_EPOCH, owners left out.
"""

import argparse
import base64
import gzip
import hashlib
import io
import os
import pathlib
import re
import tarfile
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent
MACHINE = "linux-x86_64"
# A static program asks nothing of the machine but its kernel; the oldest tag that installers know of it is this one.
WHEEL_TAG = "py3-none-manylinux2014_x86_64.musllinux_1_1_x86_64"
EPOCH = int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600"))  # else the first day of 2026


def version():
    return re.search(r"project\(stallint VERSION ([0-9.]+)", (TOP / "CMakeLists.txt").read_text()).group(1)


# files: {path in the archive: (bytes, is a program)}
def write_tar(path, files):
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, (data, program) in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime, entry.mode = len(data), EPOCH, 0o755 if program else 0o644
            tar.addfile(entry, io.BytesIO(data))
    with open(path, "wb") as out, gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=9, mtime=0) as zipped:
        zipped.write(raw.getvalue())
    return [path]


def write_zip(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, (data, program) in files.items():
            entry = zipfile.ZipInfo(name, time.gmtime(EPOCH)[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if program else 0o100644) << 16
            archive.writestr(entry, data)
    return [path]


def licence():
    return ((TOP / "LICENSE").read_bytes(), False)


def tar(build, output):
    name = f"stallint-{version()}-{MACHINE}"
    printed = build / "printed"
    return write_tar(output / f"{name}.tar.gz", {
        f"{name}/bin/stallint": ((build / "stripped/stallint").read_bytes(), True),
        f"{name}/share/man/man1/stallint.1": ((printed / "stallint.1").read_bytes(), False),
        f"{name}/share/bash-completion/completions/stallint": ((printed / "stallint").read_bytes(), False),
        f"{name}/share/zsh/site-functions/_stallint": ((printed / "_stallint").read_bytes(), False),
        f"{name}/share/fish/vendor_completions.d/stallint.fish": ((printed / "stallint.fish").read_bytes(), False),
        f"{name}/share/doc/stallint/LICENSE": licence(),
    })


# Clang's own headers come along, where the program looks first: lib/clang/VERSION beside its bin.
def tar_clang(build, output):
    name = f"stallint-clang-{version()}-{MACHINE}"
    prefix = re.search(r"^LLVM_DIR:PATH=(.*)/lib/cmake/llvm$", (build / "CMakeCache.txt").read_text(), re.M).group(1)
    headers = next(pathlib.Path(prefix).resolve().glob("lib/clang/*/include"))
    files = {
        f"{name}/bin/stallint-clang": ((build / "stripped/stallint-clang").read_bytes(), True),
        f"{name}/share/doc/stallint-clang/LICENSE": licence(),
    }
    for header in headers.rglob("*"):
        if header.is_file():
            place = header.relative_to(headers.parent.parent.parent.parent)
            files[f"{name}/{place}"] = (header.read_bytes(), False)
    return write_tar(output / f"{name}.tar.gz", files)


def wheel(build, output):
    name = f"stallint-{version()}"
    info = f"{name}.dist-info"
    tags = "".join(f"Tag: py3-none-{platform}\n" for platform in WHEEL_TAG.split("-")[2].split("."))
    files = {
        f"{name}.data/scripts/stallint": ((build / "stripped/stallint").read_bytes(), True),
        f"{info}/METADATA": (
            (HERE / "wheel/METADATA").read_text().replace("@VERSION@", version()).encode(), False),
        f"{info}/WHEEL": (
            f"Wheel-Version: 1.0\nGenerator: stallint\nRoot-Is-Purelib: false\n{tags}".encode(), False),
        f"{info}/licenses/LICENSE": licence(),
    }
    record = ""
    for path, (data, _) in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        record += f"{path},sha256={digest},{len(data)}\n"
    files[f"{info}/RECORD"] = (f"{record}{info}/RECORD,,\n".encode(), False)
    return write_zip(output / f"{name}-{WHEEL_TAG}.whl", files)


# As `npm pack` lays them out. The bit that lets the program run is in the tarball, so no script has to set it.
def npm(build, output):
    made = []
    for folder in sorted((HERE / "npm").iterdir()):
        files = {"package/LICENSE": licence()}
        for path in folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes().replace(b"@VERSION@", version().encode())
                files[f"package/{path.relative_to(folder)}"] = (data, path.parent.name == "bin")
        name = folder.name
        if name != "stallint":
            name = f"stallint-{name}"
            files["package/bin/stallint"] = ((build / "stripped/stallint").read_bytes(), True)
        made += write_tar(output / f"{name}-{version()}.tgz", files)
    return made


def main():
    kinds = {"tar": tar, "tar-clang": tar_clang, "wheel": wheel, "npm": npm}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="+", choices=kinds, metavar="KIND")
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    for kind in arguments.kinds:
        for path in kinds[kind](arguments.build, arguments.output):
            print(path)


if __name__ == "__main__":
    main()
