using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Rllc.Cuda;

/// <summary>What a cubin depends on: the PTX, the driver that compiled it and the device that it was compiled for, as SHA-256.</summary>
internal sealed class CubinKey
{
    public CubinKey(ReadOnlySpan<byte> ptx, CudaDevice device)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> versions = stackalloc byte[4 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(versions, device.DriverVersion.Major);
        BinaryPrimitives.WriteInt32LittleEndian(versions[4..], device.DriverVersion.Minor);
        BinaryPrimitives.WriteInt32LittleEndian(versions[8..], device.ComputeCapability.Major);
        BinaryPrimitives.WriteInt32LittleEndian(versions[12..], device.ComputeCapability.Minor);
        hash.AppendData(versions);
        hash.AppendData(ptx);
        Bytes = hash.GetHashAndReset();
    }

    public byte[] Bytes { get; }

    public string FileName => $"{Convert.ToHexStringLower(Bytes)}.cubin";
}
