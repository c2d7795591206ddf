defmodule Application do
  @moduledoc "The settings of applications. There is no application but the program itself."

  @doc "Gives a setting, nil or default if there is none."
  def get_env(app, key, default \\ nil), do: Map.get(settings(app), key, default)

  @doc "Gives a setting: {:ok, value} or :error."
  def fetch_env(app, key), do: Map.fetch(settings(app), key)

  @doc "Gives a setting, and raises if there is none."
  def fetch_env!(app, key) do
    case fetch_env(app, key) do
      {:ok, value} ->
        value

      :error ->
        raise ArgumentError,
              "could not fetch application environment #{inspect(key)} for application #{inspect(app)} because configuration at #{inspect(key)} was not set"
    end
  end

  @doc "Gives all settings as a keyword list."
  def get_all_env(app), do: Map.to_list(settings(app))

  @doc "Sets a setting."
  def put_env(app, key, value, _options \\ []), do: store(app, Map.put(settings(app), key, value))

  @doc "Takes a setting away."
  def delete_env(app, key, _options \\ []), do: store(app, Map.delete(settings(app), key))

  @doc "Starts an application: those of the library run already."
  def start(_app, _type \\ :temporary), do: :ok

  @doc "Starts an application and those it needs: those of the library run already."
  def ensure_all_started(_app, _type \\ :temporary), do: {:ok, []}
  def ensure_started(_app, _type \\ :temporary), do: :ok

  defp settings(app), do: :persistent_term.get({Application, app}, %{})
  defp store(app, settings), do: :persistent_term.put({Application, app}, settings)
end
