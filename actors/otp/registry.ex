defmodule Registry do
  @moduledoc "A table of processes by key, from which a process disappears when it ends."

  @doc "The specification of a registry as a child of a supervisor."
  def child_spec(options) do
    %{id: Keyword.get(options, :name, Registry), start: {Registry, :start_link, [options]}, type: :supervisor}
  end

  @doc "Starts a registry. Options: keys: :unique or :duplicate, :name, :listeners, :meta."
  def start_link(options) do
    keys = Keyword.get(options, :keys)
    name = Keyword.get(options, :name)

    unless keys in [:unique, :duplicate] do
      raise ArgumentError, "expected :keys to be given and be one of :unique or :duplicate, got: #{inspect(keys)}"
    end

    if name == nil or not is_atom(name) do
      raise ArgumentError, "expected :name to be given and to be an atom, got: #{inspect(name)}"
    end

    GenServer.start_link(Registry.Table, options, name: name)
  end

  @doc "Enters this process under a key: {:ok, registry's pid} or {:error, {:already_registered, pid}}."
  def register(registry, key, value), do: call(registry, {:register, self(), key, value})

  @doc "Takes this process out, under a key."
  def unregister(registry, key), do: call(registry, {:unregister, self(), key, fn _ -> true end})

  @doc "Takes this process out, under a key, where its value matches a pattern, and guards, as in :ets."
  def unregister_match(registry, key, pattern, guards \\ []) do
    call(registry, {:unregister, self(), key, &(matching([{self(), &1}], pattern, guards) != [])})
  end

  @doc "Gives {pid, value} of each process under a key."
  def lookup(registry, key), do: call(registry, {:lookup, key})

  @doc "Gives {pid, value} of each process under a key whose value matches a pattern, and guards, as in :ets. Registry.match(r, :k, {:_, :\"$1\"}, [{:>, :\"$1\", 3}])"
  def match(registry, key, pattern, guards \\ []), do: registry |> lookup(key) |> matching(pattern, guards)

  defp matching(entries, pattern, guards), do: run(entries, [{{:_, pattern}, guards, [:"$_"]}])

  @doc "Counts what match would give."
  def count_match(registry, key, pattern, guards \\ []), do: registry |> match(key, pattern, guards) |> length()

  @doc "Gives what a match specification, as of :ets.select, makes of the entries {key, pid, value}. Registry.select(r, [{{:\"$1\", :_, :_}, [], [:\"$1\"]}])"
  def select(registry, spec), do: registry |> call(:entries) |> run(spec)

  @doc "Counts the entries {key, pid, value} for which a match specification gives true."
  def count_select(registry, spec), do: registry |> select(spec) |> Enum.count(&(&1 == true))

  defp run(tuples, spec), do: :ets.match_spec_run(tuples, :ets.match_spec_compile(spec))

  @doc "Gives the keys under which a process is."
  def keys(registry, pid) when is_pid(pid), do: call(registry, {:keys, pid})

  @doc "Gives the values that a process has under a key."
  def values(registry, key, pid) when is_pid(pid), do: for({p, value} <- lookup(registry, key), p == pid, do: value)

  @doc "Counts the entries."
  def count(registry), do: call(registry, :count)

  @doc "Changes the value of this process under a key: {new, old}, or :error if it is not there."
  def update_value(registry, key, fun) when is_function(fun, 1) do
    case values(registry, key, self()) do
      [old | _] ->
        new = fun.(old)
        call(registry, {:replace, self(), key, new})
        {new, old}

      [] ->
        :error
    end
  end

  @doc "Calls fun with the entries of a key, here, if there are any. Registry.dispatch(r, :topic, fn es -> for {pid, _} <- es, do: send(pid, :hi) end)"
  def dispatch(registry, key, fun, _options \\ []) when is_function(fun, 1) do
    case lookup(registry, key) do
      [] -> :ok
      entries -> fun.(entries)
    end

    :ok
  end

  @doc "Gives what put_meta has stored: {:ok, value} or :error."
  def meta(registry, key), do: call(registry, {:meta, key})

  @doc "Stores a value with the registry itself."
  def put_meta(registry, key, value), do: call(registry, {:put_meta, key, value})

  @doc "Removes what put_meta has stored."
  def delete_meta(registry, key), do: call(registry, {:delete_meta, key})

  @doc "For names {:via, Registry, {registry, key}}: the process, or :undefined."
  def whereis_name({registry, key}), do: find(lookup(registry, key))
  def whereis_name({registry, key, _value}), do: find(lookup(registry, key))

  defp find([{pid, _value} | _]), do: pid
  defp find([]), do: :undefined

  @doc "For names {:via, Registry, {registry, key}}: enters this process, :yes or :no."
  def register_name({registry, key}, pid), do: register_name({registry, key, nil}, pid)

  def register_name({registry, key, value}, pid) when pid == self() do
    case register(registry, key, value) do
      {:ok, _owner} -> :yes
      {:error, _taken} -> :no
    end
  end

  @doc "For names {:via, Registry, {registry, key}}: takes this process out."
  def unregister_name({registry, key}), do: unregister(registry, key)
  def unregister_name({registry, key, _value}), do: unregister(registry, key)

  @doc "For names {:via, Registry, {registry, key}}: sends a message."
  def send({registry, key}, message) do
    case whereis_name({registry, key}) do
      :undefined -> :erlang.error(:badarg, [{registry, key}, message])
      pid -> Kernel.send(pid, message)
    end
  end

  defp call(registry, request) do
    case :gen.call(registry, :"$gen_call", request, :infinity) do
      {:ok, reply} -> reply
      {:exit, _reason} -> raise ArgumentError, "unknown registry: #{inspect(registry)}"
    end
  end
end

defmodule Registry.Table do
  @moduledoc false

  # The state: the entries [{pid, value}, ...] of each key in the order of
  # their coming, the keys of each process, and what put_meta stored.

  def init(options) do
    Process.flag(:trap_exit, true)

    {:ok,
     %{
       unique: options[:keys] == :unique,
       name: options[:name],
       listeners: Keyword.get(options, :listeners, []),
       entries: %{},
       owners: %{},
       meta: Map.new(Keyword.get(options, :meta, []))
     }}
  end

  def handle_call({:register, pid, key, value}, _from, %{unique: true} = state) do
    case live(state, key) do
      [{other, _value} | _] -> {:reply, {:error, {:already_registered, other}}, state}
      [] -> {:reply, {:ok, self()}, enter(state, pid, key, value)}
    end
  end

  def handle_call({:register, pid, key, value}, _from, state), do: {:reply, {:ok, self()}, enter(state, pid, key, value)}

  def handle_call({:unregister, pid, key, gone?}, _from, state) do
    {:reply, :ok, remove(state, pid, key, gone?)}
  end

  def handle_call({:lookup, key}, _from, state), do: {:reply, live(state, key), state}

  def handle_call(:entries, _from, state) do
    {:reply, for({key, _} <- state.entries, {pid, value} <- live(state, key), do: {key, pid, value}), state}
  end

  def handle_call({:keys, pid}, _from, state), do: {:reply, Map.get(state.owners, pid, []), state}

  def handle_call(:count, _from, state) do
    {:reply, state.entries |> Map.values() |> Enum.map(&length/1) |> Enum.sum(), state}
  end

  def handle_call({:replace, pid, key, value}, _from, state) do
    {:reply, :ok, put_in(state.entries[key], replace(state.entries[key], pid, value))}
  end

  def handle_call({:meta, key}, _from, state), do: {:reply, Map.fetch(state.meta, key), state}
  def handle_call({:put_meta, key, value}, _from, state), do: {:reply, :ok, put_in(state.meta[key], value)}
  def handle_call({:delete_meta, key}, _from, state), do: {:reply, :ok, %{state | meta: Map.delete(state.meta, key)}}

  def handle_info({:EXIT, pid, _reason}, state) do
    keys = state.owners |> Map.get(pid, []) |> Enum.uniq()
    {:noreply, Enum.reduce(keys, state, &remove(&2, pid, &1, fn _ -> true end))}
  end

  def handle_info(_message, state), do: {:noreply, state}

  defp live(state, key) do
    entries = Map.get(state.entries, key, [])
    if state.unique, do: Enum.filter(entries, fn {pid, _} -> Process.alive?(pid) end), else: entries
  end

  defp enter(state, pid, key, value) do
    Process.link(pid)
    tell(state, {:register, state.name, key, pid, value})
    old = if state.unique, do: [], else: Map.get(state.entries, key, [])
    owners = Map.update(state.owners, pid, [key], &(&1 ++ [key]))
    %{state | entries: Map.put(state.entries, key, old ++ [{pid, value}]), owners: owners}
  end

  defp remove(state, pid, key, gone?) do
    {gone, kept} = Enum.split_with(Map.get(state.entries, key, []), fn {p, value} -> p == pid and gone?.(value) end)
    if gone != [], do: tell(state, {:unregister, state.name, key, pid})
    left = Map.get(state.owners, pid, []) -- List.duplicate(key, length(gone))
    if left == [] and gone != [], do: Process.unlink(pid)
    %{state | entries: keep(state.entries, key, kept), owners: keep(state.owners, pid, left)}
  end

  defp keep(map, key, []), do: Map.delete(map, key)
  defp keep(map, key, some), do: Map.put(map, key, some)

  defp replace(entries, pid, value), do: Enum.map(entries, fn {p, v} -> if p == pid, do: {p, value}, else: {p, v} end)

  defp tell(state, message), do: Enum.each(state.listeners, &if(Process.whereis(&1), do: send(&1, message)))
end
