package org.sillok.ledger.json;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Hash;

/**
 * Records as canonical JSON and back: a member per component, absent when null. A class with a
 * static {@code parse(String)} is a string, as its {@code toString} writes it; a component of a
 * sealed interface's type says in {@code type} which record it is. Component and record names are
 * therefore part of the format. Thread-safe.
 */
public final class RecordJson {

  private static final String TYPE = "type";

  private RecordJson() {}

  /** The canonical text of {@code value}. */
  public static String write(Record value) {
    return Json.write(members(value));
  }

  /** The members of {@code value}, as {@link Json} takes them. */
  public static Map<String, Object> members(Record value) {
    Map<String, Object> members = new HashMap<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object part = invoke(component.getAccessor(), value);
      if (part != null) {
        members.put(component.getName(), encode(part, component.getType()));
      }
    }
    return members;
  }

  /** {@link #members} and the name of the record's class in {@code type}. */
  public static Map<String, Object> tagged(Record value) {
    Map<String, Object> members = members(value);
    members.put(TYPE, tag(value.getClass()));
    return members;
  }

  /**
   * @throws JsonFormException if the text is not canonical or not of this record
   */
  public static <T extends Record> T read(Class<T> type, String text) {
    return record(type, Json.parse(text));
  }

  /**
   * @throws JsonFormException if members are missing, unknown or refused by the record
   */
  public static <T> T record(Class<T> type, Map<?, ?> members) {
    List<@Nullable Object> arguments = new ArrayList<>();
    Map<Object, Object> left = new HashMap<>(members);
    for (RecordComponent component : type.getRecordComponents()) {
      arguments.add(argument(component, left.remove(component.getName())));
    }
    if (!left.isEmpty()) {
      throw new JsonFormException(type.getSimpleName() + ": unknown members " + left.keySet());
    }
    return construct(type, arguments);
  }

  /** The record of the sealed interface {@code type} that {@code members} names in {@code type}. */
  public static <T> T variant(Class<T> type, Map<?, ?> members) {
    Map<Object, Object> rest = new HashMap<>(members);
    Object tag = rest.remove(TYPE);
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (tag(permitted).equals(tag)) {
        return type.cast(record(permitted, rest));
      }
    }
    throw new JsonFormException("no " + type.getSimpleName() + " of type " + tag);
  }

  private static String tag(Class<?> type) {
    String name = type.getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static Object encode(Object value, Class<?> declared) {
    if (value instanceof Record record && !isScalar(value.getClass())) {
      return declared.isSealed() ? tagged(record) : members(record);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(item -> encode(item, item.getClass())).toList();
    }
    if (value instanceof Boolean) {
      return value;
    }
    return value instanceof Number number ? (Object) number.longValue() : value.toString();
  }

  private static @Nullable Object argument(RecordComponent component, @Nullable Object json) {
    if (json != null) {
      return decode(component.getGenericType(), json);
    }
    if (isNullable(component.getAnnotatedType())) {
      return null;
    }
    throw new JsonFormException("no member " + component.getName());
  }

  private static boolean isNullable(AnnotatedElement element) {
    return element.isAnnotationPresent(Nullable.class);
  }

  private static Object decode(Type type, Object json) {
    if (type instanceof ParameterizedType list && json instanceof List<?> items) {
      return items.stream().map(item -> decode(list.getActualTypeArguments()[0], item)).toList();
    }
    if (type instanceof Class<?> plain) {
      if (json instanceof Map<?, ?> members && plain.isSealed()) {
        return variant(plain, members);
      }
      if (json instanceof Map<?, ?> members && plain.isRecord() && !isScalar(plain)) {
        return record(plain, members);
      }
      return scalar(plain, json);
    }
    throw new JsonFormException("no " + type.getTypeName() + " in " + json);
  }

  private static Object scalar(Class<?> type, Object json) {
    if (json instanceof Long && type == long.class) {
      return json;
    }
    if (json instanceof Boolean && type == boolean.class) {
      return json;
    }
    if (json instanceof String string) {
      return ofString(type, string);
    }
    throw new JsonFormException("no " + type.getSimpleName() + " in " + json);
  }

  private static Object ofString(Class<?> type, String string) {
    try {
      if (type == String.class) {
        return string;
      } else if (type == Instant.class) {
        return Instant.parse(string);
      } else if (type == URI.class) {
        return URI.create(string);
      } else if (type == Hash.class) {
        return Hash.ofHex(string);
      } else if (type.isEnum()) {
        return constant(type, string);
      }
      return invokeStatic(type.getMethod("parse", String.class), string);
    } catch (NoSuchMethodException | RuntimeException e) {
      throw new JsonFormException("no " + type.getSimpleName() + " in \"" + string + "\"", e);
    }
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.toString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isScalar(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .anyMatch(
            method ->
                method.getName().equals("parse")
                    && Modifier.isStatic(method.getModifiers())
                    && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}));
  }

  private static <T> T construct(Class<T> type, List<@Nullable Object> arguments) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments.toArray());
    } catch (InvocationTargetException e) {
      throw new JsonFormException(
          type.getSimpleName() + ": " + e.getTargetException().getMessage(), e);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new JsonFormException(type.getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable Object invoke(Method method, Object target) {
    try {
      method.setAccessible(true);
      return method.invoke(target);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object invokeStatic(Method method, String argument) {
    try {
      return method.invoke(null, argument);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(e.getTargetException().getMessage(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
