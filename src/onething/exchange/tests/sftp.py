"""A real SFTP server on this machine, over a folder: it lets one key in, and shows one of its own."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import paramiko


class Door(paramiko.ServerInterface):
    """Lets one key in."""

    def __init__(self, key: str) -> None:
        self.key = key

    def check_auth_publickey(self, username: str, key: paramiko.PKey) -> int:
        is_known = username == "house" and key.get_base64() == self.key
        return paramiko.AUTH_SUCCESSFUL if is_known else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username: str) -> str:
        return "publickey"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED


class Files(paramiko.SFTPServerInterface):
    """The files of a folder."""

    base = Path()

    def _path(self, path: str) -> Path:
        return self.base / self.canonicalize(path).lstrip("/")

    def list_folder(self, path: str):
        return [paramiko.SFTPAttributes.from_stat(one.stat(), one.name) for one in self._path(path).iterdir()]

    def stat(self, path: str):
        try:
            return paramiko.SFTPAttributes.from_stat(self._path(path).stat())
        except OSError as missing:
            return paramiko.SFTPServer.convert_errno(missing.errno)

    lstat = stat

    def open(self, path: str, flags: int, attr: paramiko.SFTPAttributes):
        try:
            number = os.open(self._path(path), flags | os.O_CREAT if flags & os.O_WRONLY else flags, 0o600)
        except OSError as missing:
            return paramiko.SFTPServer.convert_errno(missing.errno)
        handle = paramiko.SFTPHandle(flags)
        handle.readfile = handle.writefile = os.fdopen(number, "wb" if flags & os.O_WRONLY else "rb")
        return handle

    def mkdir(self, path: str, attr: paramiko.SFTPAttributes) -> int:
        self._path(path).mkdir()
        return paramiko.SFTP_OK

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        self._path(oldpath).replace(self._path(newpath))
        return paramiko.SFTP_OK

    rename = posix_rename


class Server:
    """Listens on a free port until it is closed."""

    def __init__(self, base: Path, client_key: str) -> None:
        self.key = paramiko.ECDSAKey.generate()
        self._files = type("FilesHere", (Files,), {"base": base})
        self._client_key = client_key
        self._line = socket.create_server(("127.0.0.1", 0))
        self._talks: list[paramiko.Transport] = []
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._line.getsockname()[1])

    @property
    def host_key(self) -> str:
        return f"{self.key.get_name()} {self.key.get_base64()}"

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._line.accept()
            except OSError:
                return
            talk = paramiko.Transport(line)
            talk.add_server_key(self.key)
            talk.set_subsystem_handler("sftp", paramiko.SFTPServer, self._files)
            self._talks.append(talk)
            try:
                talk.start_server(server=Door(self._client_key))
            except (paramiko.SSHException, EOFError):
                talk.close()

    def close(self) -> None:
        self._line.close()
        for talk in self._talks:
            talk.close()
            talk.join(5)
