package actors_test

import (
	"strings"
	"testing"

	"github.com/conc-repl/conc-repl/lang"
)

// TestElixirForms runs what no program of testdata shows: what the real Elixir
// does not have, or what differs in it from run to run.
func TestElixirForms(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a heap beyond its limit", `
			defmodule L do
			  def build(0, acc), do: length(acc)
			  def build(n, acc), do: build(n - 1, [n | acc])
			end
			Process.flag(:max_heap_size, 0)
			{_, r} = :erlang.spawn_opt(fn -> L.build(1_000_000, []) end, [:monitor, max_heap_size: %{size: 10_000, error_logger: false}])
			receive do {:DOWN, ^r, _, _, why} -> IO.inspect(why) end`, ":killed"},
		{"hibernate forgets", `
			me = self()
			h = spawn(fn -> Process.hibernate(Enum, :each, [[1, 2], &send(me, &1)]); send(me, :never) end)
			r = Process.monitor(h)
			send(h, :wake)
			receive do {:DOWN, ^r, _, _, why} -> IO.inspect(why) end
			IO.inspect(Process.info(me, :messages))`, ":normal {:messages, [1, 2]}"},
		{"an alias for one reply", `
			a = :erlang.alias([:reply])
			send(a, 1)
			send(a, 2)
			IO.inspect(Process.info(self(), :messages))`, "{:messages, [1]}"},
		{"an alias until unalias", `
			a = Process.alias()
			send(a, 1)
			IO.inspect({Process.unalias(a), Process.unalias(a)})
			send(a, 2)
			IO.inspect(Process.info(self(), :messages))`, "{true, false} {:messages, [1]}"},
		{"a timer's own message", `
			r = :erlang.start_timer(5, self(), :hey)
			IO.inspect(receive do {:timeout, ^r, m} -> m end)
			r = Process.send_after(self(), :x, 1000)
			IO.inspect(Process.cancel_timer(r, async: true))
			IO.inspect(receive do {:cancel_timer, ^r, left} when left > 900 -> :told end)`, ":hey :ok :told"},
		{"what a process is doing", `
			p = spawn(Process, :sleep, [:infinity])
			Process.sleep(1)
			IO.inspect(Process.info(p, [:current_function, :status]))
			IO.inspect(:erlang.process_info(p, :registered_name))`, "[current_function: {Process, :sleep, 1}, status: :waiting] []"},
		{"selective receive by atom, by size and by tag", `
			for i <- 1..100, do: send(self(), {:junk, i})
			for m <- [:wanted, {:a, 1, 2}, {:ok, 3}, "text"], do: send(self(), m)
			IO.inspect(receive do :wanted -> 1 end)
			IO.inspect(receive do {_, _, x} -> x end)
			IO.inspect(receive do {:ok, x} -> x end)
			IO.inspect(receive do x when is_binary(x) -> x end)
			IO.inspect(receive do {:junk, x} when x > 99 -> x end)
			IO.inspect(receive do {:junk, x} -> x end)
			IO.inspect(Process.info(self(), :message_queue_len))`, `1 2 3 "text" 100 1 {:message_queue_len, 98}`},
		{"channels", `
			c = Chan.new(3)
			spawn(fn -> Chan.put_all(c, 1..5) end)
			IO.inspect(Chan.stream(c) |> Enum.to_list())
			IO.inspect({Chan.take(c), Chan.put(c, 1), Chan.closed?(c)})
			{a, b} = {Chan.new(), Chan.new(sliding: 1)}
			Chan.put(b, :lost)
			Chan.put(b, :kept)
			{v, ch} = Chan.alts([a, b])
			IO.inspect({v, ch == b, Chan.alts([a], default: :none), Chan.poll(a), Chan.offer(a, 1)})
			IO.inspect({Chan.take(Chan.timeout(10)), Chan.take(Chan.go(fn -> 1 + 1 end)), Chan.close(a)})`,
			"[1, 2, 3, 4, 5] {nil, false, true} {:kept, true, {:none, :default}, nil, nil} {nil, 2, :ok}"},
		{"bad channels", `
			for f <- [fn -> Chan.new(-1) end, fn -> Chan.new(:big) end, fn -> Chan.take(1) end, fn -> Chan.put(Chan.new(1), nil) end] do
			  try do f.() rescue e -> IO.inspect(e.__struct__) end
			end`, "ArgumentError ArgumentError ArgumentError ArgumentError"},
		{"a server called from Clojure's side", `
			defmodule Echo do
			  use GenServer
			  def init(s), do: {:ok, s}
			  def handle_call(x, _from, s), do: {:reply, {x, s}, s}
			end
			{:ok, p} = GenServer.start(Echo, 1)
			f = :"clojure.core".partial(&GenServer.call/2, p)
			IO.inspect(:"clojure.core".apply(f, [:x]))`, "{:x, 1}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := runElixir(t, &lang.Source{Name: "test.exs", Text: c.in})
			if got = strings.Join(strings.Fields(got), " "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}
