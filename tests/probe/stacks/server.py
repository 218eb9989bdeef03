"""uvicorn or grpcio: STACK CERT KEY CA, then PORT MODE for each."""
import asyncio, ssl, sys

stack, cert, key, ca, *doors = sys.argv[1:]
doors = list(zip(map(int, doors[::2]), doors[1::2]))
read = lambda path: open(path, "rb").read()


async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"3")]})
        await send({"type": "http.response.body", "body": b"ok\n"})


async def uvicorns():
    import uvicorn

    modes = {"never": ssl.CERT_NONE, "optional": ssl.CERT_OPTIONAL, "required": ssl.CERT_REQUIRED}
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


grpcs() if stack == "grpc" else asyncio.run(uvicorns())
