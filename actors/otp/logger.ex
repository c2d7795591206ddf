defmodule Logger do
  @moduledoc "Writes what happens, with the time and a level, as iex prints it."

  @levels [:debug, :info, :notice, :warning, :error, :critical, :alert, :emergency]

  @doc "Logs a message: text, a map or keyword list, or a function that gives one. Gives :ok."
  def emergency(message, metadata \\ []), do: log(:emergency, message, metadata)
  @doc "Logs a message of the level alert."
  def alert(message, metadata \\ []), do: log(:alert, message, metadata)
  @doc "Logs a message of the level critical."
  def critical(message, metadata \\ []), do: log(:critical, message, metadata)
  @doc "Logs a message of the level error."
  def error(message, metadata \\ []), do: log(:error, message, metadata)
  @doc "Logs a message of the level warning."
  def warning(message, metadata \\ []), do: log(:warning, message, metadata)
  @doc "Logs a message of the level warning."
  def warn(message, metadata \\ []), do: log(:warning, message, metadata)
  @doc "Logs a message of the level notice."
  def notice(message, metadata \\ []), do: log(:notice, message, metadata)
  @doc "Logs a message of the level info."
  def info(message, metadata \\ []), do: log(:info, message, metadata)
  @doc "Logs a message of the level debug."
  def debug(message, metadata \\ []), do: log(:debug, message, metadata)

  @doc "Logs a message of a level."
  def log(level, message, _metadata \\ []) do
    level = if level == :warn, do: :warning, else: level
    if enabled?(level), do: write(level, text(message))
    :ok
  end

  defp text(fun) when is_function(fun, 0), do: text(fun.())
  defp text(text) when is_binary(text), do: text
  defp text(map) when is_map(map), do: inspect(Map.to_list(map))
  defp text([{key, _value} | _] = pairs) when is_atom(key), do: inspect(pairs)
  defp text(list) when is_list(list), do: IO.chardata_to_string(list)
  defp text(other), do: to_string(other)

  @doc "Sets what is logged: Logger.configure(level: :error), or :none for nothing at all."
  def configure(options) do
    if level = options[:level], do: set_level(level)
    :ok
  end

  @doc "Orders two levels: :lt, :eq or :gt."
  def compare_levels(a, b) do
    case {rank(a), rank(b)} do
      {same, same} -> :eq
      {x, y} when x < y -> :lt
      _ -> :gt
    end
  end

  defp rank(:warn), do: rank(:warning)
  defp rank(level), do: Enum.find_index(@levels, &(&1 == level))

  @doc "Gives what metadata this process has set."
  def metadata, do: Process.get(:"$logger_metadata") || []

  @doc "Sets metadata of this process; a nil value takes a key away."
  def metadata(pairs) do
    kept = metadata() |> Keyword.merge(pairs) |> Enum.reject(fn {_key, value} -> value == nil end)
    reset_metadata(kept)
  end

  @doc "Replaces the metadata of this process."
  def reset_metadata(pairs \\ []) do
    Process.put(:"$logger_metadata", pairs)
    :ok
  end

  @doc "Gives :ok: nothing waits to be written."
  def flush, do: :ok
end
