defmodule Door do
  @behaviour :gen_statem

  def start_link(code), do: :gen_statem.start_link({:local, :door}, __MODULE__, code, [])
  def push(digit), do: :gen_statem.call(:door, {:push, digit})

  def callback_mode, do: [:state_functions, :state_enter]
  def init(code), do: {:ok, :locked, %{code: code, typed: []}}

  def locked(:enter, old, data) do
    IO.puts("locked, was #{inspect(old)}")
    {:keep_state, %{data | typed: []}}
  end

  def locked({:call, from}, {:push, digit}, data) do
    typed = data.typed ++ [digit]

    cond do
      typed == data.code -> {:next_state, :open, data, [{:reply, from, :opened}]}
      length(typed) == length(data.code) -> {:repeat_state, data, [{:reply, from, :wrong}]}
      true -> {:keep_state, %{data | typed: typed}, [{:reply, from, :more}]}
    end
  end

  def locked(:cast, :close, _data), do: :keep_state_and_data

  def open(:enter, old, _data) do
    IO.puts("open, was #{inspect(old)}")
    {:keep_state_and_data, [{:state_timeout, 50, :lock}]}
  end

  def open(:state_timeout, :lock, data), do: {:next_state, :locked, data}
  def open(:cast, :close, data), do: {:next_state, :locked, data}
  def open({:call, _from}, {:push, _digit}, _data), do: {:keep_state_and_data, [:postpone]}
end

{:ok, _} = Door.start_link([1, 2])
IO.inspect({Door.push(1), Door.push(1), Door.push(1), Door.push(2)})
IO.inspect(:sys.get_state(:door))
IO.inspect(Door.push(1))
:gen_statem.cast(:door, :close)
IO.inspect(Door.push(2))
:gen_statem.cast(:door, :close)
IO.inspect(elem(:sys.get_state(:door), 0))
IO.inspect(:gen_statem.stop(:door))
IO.inspect(Process.whereis(:door))

defmodule Lamp do
  def callback_mode, do: :handle_event_function
  def init(parent), do: {:ok, {:off, 0}, parent, [{:next_event, :internal, :hello}]}

  def handle_event(:internal, :hello, state, parent) do
    send(parent, {:hello, state})
    :keep_state_and_data
  end

  def handle_event(:cast, :flip, {:off, n}, parent), do: {:next_state, {:on, n + 1}, parent, [{{:timeout, :burn}, 20, :out}, {:timeout, 5, :idle}]}
  def handle_event(:cast, :flip, {:on, n}, parent), do: {:next_state, {:off, n}, parent, [{{:timeout, :burn}, :cancel}]}

  def handle_event(:timeout, :idle, state, parent) do
    send(parent, {:idle, state})
    :keep_state_and_data
  end

  def handle_event({:timeout, :burn}, :out, {:on, n}, parent) do
    send(parent, :burnt)
    {:next_state, {:off, n}, parent}
  end

  def handle_event({:call, from}, :state, state, _), do: {:keep_state_and_data, [{:reply, from, state}]}
  def handle_event({:call, from}, :end, _, _), do: {:stop_and_reply, :normal, [{:reply, from, :bye}]}

  def handle_event(:info, message, _, parent) do
    send(parent, {:info, message})
    :keep_state_and_data
  end

  def terminate(reason, state, parent), do: send(parent, {:terminated, reason, state})
end

next = fn ->
  receive do
    message -> message
  after
    200 -> :nothing
  end
end

{:ok, lamp} = :gen_statem.start(Lamp, self(), [])
IO.inspect(next.())
:gen_statem.cast(lamp, :flip)
IO.inspect(:gen_statem.call(lamp, :state))
IO.inspect(next.())
:gen_statem.cast(lamp, :flip)
:gen_statem.cast(lamp, :flip)
IO.inspect(next.())
send(lamp, :hey)
IO.inspect(next.())
IO.inspect(:gen_statem.call(lamp, :state))
IO.inspect(:gen_statem.call(lamp, :end))
IO.inspect(next.())

try do
  :gen_statem.call(lamp, :state)
catch
  :exit, {reason, {module, function, _}} -> IO.inspect({reason, module, function})
end
