defmodule :timer do
  @moduledoc "Times, in milliseconds, and what is to happen after them."

  @doc "Waits. :timer.sleep(10) #=> :ok"
  def sleep(time) do
    receive do
    after
      time -> :ok
    end
  end

  @doc "Milliseconds of seconds. :timer.seconds(2) #=> 2000"
  def seconds(n), do: n * 1000

  @doc "Milliseconds of minutes. :timer.minutes(1) #=> 60000"
  def minutes(n), do: n * 60_000

  @doc "Milliseconds of hours. :timer.hours(1) #=> 3600000"
  def hours(n), do: n * 3_600_000

  @doc "Milliseconds of hours, minutes and seconds. :timer.hms(0, 1, 1) #=> 61000"
  def hms(h, m, s), do: h * 3_600_000 + m * 60_000 + s * 1000

  @doc "Microseconds between two times of :os.timestamp."
  def now_diff({mega2, s2, micro2}, {mega1, s1, micro1}) do
    ((mega2 - mega1) * 1_000_000 + s2 - s1) * 1_000_000 + micro2 - micro1
  end

  @doc "{microseconds, value} of a call. :timer.tc(fn -> 1 end)"
  def tc(fun), do: timed(fun)
  def tc(fun, args) when is_function(fun), do: timed(fn -> apply(fun, args) end)
  def tc(module, function, args), do: timed(fn -> apply(module, function, args) end)

  defp timed(fun) do
    start = System.monotonic_time(:microsecond)
    value = fun.()
    {System.monotonic_time(:microsecond) - start, value}
  end

  @doc "Sends a message to the caller, or another process, after a time: {:ok, reference for cancel}."
  def send_after(time, message), do: :timer.send_after(time, self(), message)

  def send_after(time, pid, message) do
    {:ok, {:once, Process.send_after(pid, message, time)}}
  end

  @doc "Calls a function after a time: {:ok, reference for cancel}."
  def apply_after(time, fun) when is_function(fun, 0), do: later(time, fun)
  def apply_after(time, module, function, args), do: later(time, fn -> apply(module, function, args) end)

  defp later(time, fun) do
    pid =
      spawn(fn ->
        :timer.sleep(time)
        fun.()
      end)

    {:ok, {:interval, pid}}
  end

  @doc "Sends exit reason to the caller, or another process, after a time."
  def exit_after(time, reason), do: :timer.exit_after(time, self(), reason)
  def exit_after(time, pid, reason), do: later(time, fn -> Process.exit(pid, reason) end)

  @doc "exit_after with the reason :kill."
  def kill_after(time), do: :timer.exit_after(time, self(), :kill)
  def kill_after(time, pid), do: :timer.exit_after(time, pid, :kill)

  @doc "Sends a message over and over, until it is cancelled or the receiver ends: {:ok, reference for cancel}."
  def send_interval(time, message), do: :timer.send_interval(time, self(), message)

  def send_interval(time, pid, message) do
    {:ok, {:interval, spawn(fn -> repeat(time, pid, fn -> send(pid, message) end) end)}}
  end

  @doc "Calls a function over and over, until it is cancelled: {:ok, reference for cancel}."
  def apply_interval(time, fun) when is_function(fun, 0), do: each_time(time, fun)
  def apply_interval(time, module, function, args), do: each_time(time, fn -> apply(module, function, args) end)

  defp each_time(time, fun) do
    {:ok, {:interval, spawn(fn -> repeat(time, self(), fn -> spawn(fun) end) end)}}
  end

  # What the process of an interval does: it ends with the one it serves.
  defp repeat(time, pid, fun) do
    ref = Process.monitor(pid)
    repeating(time, ref, fun)
  end

  defp repeating(time, ref, fun) do
    receive do
      {:DOWN, ^ref, _, _, _} -> :ok
    after
      time ->
        fun.()
        repeating(time, ref, fun)
    end
  end

  @doc "Cancels what send_after, send_interval and the like gave a reference to."
  def cancel({:once, ref}) do
    Process.cancel_timer(ref)
    {:ok, :cancel}
  end

  def cancel({:interval, pid}) do
    Process.exit(pid, :kill)
    {:ok, :cancel}
  end

  def cancel(_), do: {:error, :badarg}
end
