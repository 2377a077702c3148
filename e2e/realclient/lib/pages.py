"""Web pages for WebFetch without a network: an HTTPS proxy on loopback that answers for the hosts of a scenario's `pages` and for no other.
A page is {"HOST/PATH": {"status", "headers", "body"}}."""
import os
import re
import ssl
import subprocess
from http.client import responses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def certificate(folder, hosts):
    key, cert = os.path.join(folder, "pages.key"), os.path.join(folder, "pages.crt")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=pages", "-keyout", key, "-out", cert,
                    "-addext", "subjectAltName=" + ",".join("DNS:" + h for h in hosts)], check=True, capture_output=True)
    return key, cert


def serve(pages, folder):
    """The proxy, and the certificate that the client has to trust."""
    hosts = sorted({page.split("/", 1)[0] for page in pages})
    key, cert = certificate(folder, hosts)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(cert, key)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *a):
            pass

        def do_CONNECT(self):
            host = self.path.split(":")[0]
            if host not in hosts:
                return self.send_error(502)
            self.send_response(200, "Connection established")
            self.end_headers()
            with tls.wrap_socket(self.connection, server_side=True) as inside:
                head = b""
                while b"\r\n\r\n" not in head:
                    more = inside.recv(4096)
                    if not more:
                        return
                    head += more
                path = re.match(rb"GET (\S+)", head)[1].decode()
                page = pages.get(host + path, {"status": 404, "body": "no such page"})
                status, body = page.get("status", 200), page.get("body", "").encode()
                headers = {"content-type": "text/html; charset=utf-8", "content-length": str(len(body)), "connection": "close", **page.get("headers", {})}
                inside.sendall(("HTTP/1.1 %d %s\r\n" % (status, responses[status])).encode() + b"".join(("%s: %s\r\n" % h).encode() for h in headers.items()) + b"\r\n" + body)
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *a: None
    return server, cert
