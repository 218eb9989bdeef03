"""uvicorn, grpcio, aiosmtpd, or a double of IMAP: STACK CERT KEY CA, then PORT MODE for each."""
import asyncio, ssl, sys

stack, cert, key, ca, *doors = sys.argv[1:]
doors = list(zip(map(int, doors[::2]), doors[1::2]))
read = lambda path: open(path, "rb").read()
modes = {"never": ssl.CERT_NONE, "optional": ssl.CERT_OPTIONAL, "required": ssl.CERT_REQUIRED}


def context(mode):
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=ca)
    made.load_cert_chain(cert, key)
    made.verify_mode = modes[mode]
    return made


async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"3")]})
        await send({"type": "http.response.body", "body": b"ok\n"})


async def uvicorns():
    import uvicorn

    await asyncio.gather(*[
        uvicorn.Server(uvicorn.Config(
            app, host="127.0.0.1", port=port, log_level="warning", lifespan="off",
            ssl_certfile=cert, ssl_keyfile=key, ssl_ca_certs=ca, ssl_cert_reqs=modes[mode],
        )).serve()
        for port, mode in doors
    ])


def grpcs():
    import grpc
    from concurrent import futures

    # Answers any call with an empty message.
    class Any(grpc.GenericRpcHandler):
        def service(self, details):
            return grpc.unary_unary_rpc_method_handler(lambda request, context: b"")

    servers = []
    for port, mode in doors:
        credentials = grpc.ssl_server_credentials(
            [(read(key), read(cert))],
            root_certificates=read(ca) if mode != "never" else None,
            require_client_auth=mode == "required",
        )
        server = grpc.server(futures.ThreadPoolExecutor(4), handlers=[Any()])
        server.add_secure_port(f"127.0.0.1:{port}", credentials)
        server.start()
        servers.append(server)
    servers[0].wait_for_termination()


async def smtps():
    from aiosmtpd.smtp import SMTP

    loop = asyncio.get_running_loop()
    for port, mode in doors:
        make = lambda mode=mode: SMTP(object(), tls_context=context(mode), require_starttls=True)
        await loop.create_server(make, "127.0.0.1", port)
    await asyncio.Event().wait()


async def imaps():
    async def serve(mode, reader, writer):
        try:
            writer.write(b"* OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] ready\r\n")
            tag, _, command = (await reader.readline()).partition(b" ")
            if command.strip().upper() == b"STARTTLS":
                writer.write(tag + b" OK begin TLS negotiation now\r\n")
                await writer.start_tls(context(mode))
                await reader.read(1)
        except (OSError, EOFError):
            pass
        finally:
            writer.close()

    for port, mode in doors:
        await asyncio.start_server(lambda r, w, mode=mode: serve(mode, r, w), "127.0.0.1", port)
    await asyncio.Event().wait()


if stack == "grpc":
    grpcs()
else:
    asyncio.run({"uvicorn": uvicorns, "smtp": smtps, "imap": imaps}[stack]())
