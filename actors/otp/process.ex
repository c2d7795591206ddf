defmodule Process do
  @moduledoc "Processes: their links, monitors, names, timers, flags and dictionaries."

  @doc "Lets this process wait for so many milliseconds, or for :infinity."
  def sleep(time) when (is_integer(time) and time >= 0) or time == :infinity do
    receive do
    after
      time -> :ok
    end
  end
end
