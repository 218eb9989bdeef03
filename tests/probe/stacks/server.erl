%% HTTPS by Erlang's ssl: CERT KEY CA, then PORT MODE for each, as arguments after -extra.
-module(server).
-export([main/0]).

main() ->
    {ok, _} = application:ensure_all_started(ssl),
    [Cert, Key, Ca | Doors] = init:get_plain_arguments(),
    start([{certfile, Cert}, {keyfile, Key}, {cacertfile, Ca}], Doors).

start(_, []) -> timer:sleep(infinity);
start(Files, [Port, Mode | Doors]) ->
    Verify = case Mode of
        "never" -> [{verify, verify_none}];
        "optional" -> [{verify, verify_peer}, {fail_if_no_peer_cert, false}];
        "required" -> [{verify, verify_peer}, {fail_if_no_peer_cert, true}]
    end,
    Options = [binary, {active, false}, {reuseaddr, true}, {ip, {127, 0, 0, 1}}, {backlog, 64}],
    {ok, Listener} = ssl:listen(list_to_integer(Port), Options ++ Files ++ Verify),
    spawn(fun() -> accept(Listener) end),
    start(Files, Doors).

accept(Listener) ->
    {ok, Socket} = ssl:transport_accept(Listener),
    Pid = spawn(fun() -> receive go -> serve(Socket) end end),
    ssl:controlling_process(Socket, Pid),
    Pid ! go,
    accept(Listener).

serve(Socket) ->
    case ssl:handshake(Socket, 5000) of
        {ok, Tls} ->
            case ssl:recv(Tls, 0, 10000) of
                {ok, _} ->
                    ssl:send(Tls, <<"HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nok\n">>);
                _ -> ok
            end,
            ssl:close(Tls);
        _ -> ok
    end.
