using System.Text;

namespace Rllc.Cuda;

/// <summary>What the driver's compiler says while it loads PTX.</summary>
internal sealed unsafe class JitLog
{
    private const int Size = 1 << 14;

    private readonly byte[] _errors = new byte[Size];
    private readonly byte[] _infos = new byte[Size];

    /// <summary>Loads PTX.</summary>
    public CuResult Load(out nint module, byte* ptx)
    {
        fixed (byte* errors = _errors, infos = _infos)
        {
            var options = stackalloc[]
            {
                JitOption.ErrorLogBuffer, JitOption.ErrorLogBufferSizeBytes, JitOption.InfoLogBuffer, JitOption.InfoLogBufferSizeBytes,
            };
            var values = stackalloc nint[] { (nint)errors, Size, (nint)infos, Size };
            return DriverApi.cuModuleLoadDataEx(out module, ptx, 4, options, values);
        }
    }

    /// <summary>The errors, then the remarks.</summary>
    public string Text => string.Join(Environment.NewLine, new[] { ToText(_errors), ToText(_infos) }.Where(text => text != ""));

    private static string ToText(ReadOnlySpan<byte> log)
    {
        var end = log.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? log : log[..end]).Trim();
    }
}
